using System.Globalization;

namespace Smallstep.Fleet;

/// <summary>Counts of confirmations; fed while they stream.</summary>
public sealed class ConfirmationSummary
{
    private const int HistogramWidth = 40;

    private readonly SortedDictionary<HostState, int> _states = [];
    private readonly SortedDictionary<DateOnly, int> _expiries = [];
    private readonly SortedDictionary<string, int> _failures = new(StringComparer.Ordinal);

    /// <summary>The hosts that were judged.</summary>
    public int Total { get; private set; }

    /// <summary>The hosts that are enrolled: <see cref="HostConfirmation.HasCertificate"/>.</summary>
    public int Confirmed { get; private set; }

    /// <summary>Hosts by state, states without hosts left out.</summary>
    public IReadOnlyDictionary<HostState, int> States => _states;

    /// <summary>Hosts by known failure id.</summary>
    public IReadOnlyDictionary<string, int> Failures => _failures;

    /// <summary>The forecast: certificates by the day (UTC) on which they end.</summary>
    public IReadOnlyDictionary<DateOnly, int> Expiries => _expiries;

    /// <summary>The earliest end among certificates, or <see langword="null"/> without one.</summary>
    public DateTimeOffset? FirstExpiry { get; private set; }

    /// <summary>Adds one host.</summary>
    /// <param name="host">The confirmation.</param>
    public void Add(HostConfirmation host)
    {
        ArgumentNullException.ThrowIfNull(host);
        Total++;
        Confirmed += host.HasCertificate ? 1 : 0;
        _states[host.State] = _states.GetValueOrDefault(host.State) + 1;
        if (host.Failure is { } failure)
        {
            _failures[failure.Id] = _failures.GetValueOrDefault(failure.Id) + 1;
        }

        if (host.CertificateExpires is { } end)
        {
            var day = DateOnly.FromDateTime(end.UtcDateTime);
            _expiries[day] = _expiries.GetValueOrDefault(day) + 1;
            FirstExpiry = FirstExpiry is { } first && first <= end ? first : end;
        }
    }

    /// <summary>How many certificates end before a time.</summary>
    /// <param name="time">The time; counted by whole days.</param>
    public int CountEndingBefore(DateTimeOffset time) =>
        _expiries.Where(pair => pair.Key < DateOnly.FromDateTime(time.UtcDateTime)).Sum(pair => pair.Value);

    /// <summary>The hosts by state as bars of text, the longest forty characters wide.</summary>
    public string ToHistogram()
    {
        int most = _states.Count == 0 ? 1 : _states.Values.Max();
        return string.Concat(_states.Select(pair =>
            string.Create(CultureInfo.InvariantCulture, $"{pair.Key,-21} {new string('#', Math.Max(1, pair.Value * HistogramWidth / most)),-HistogramWidth} {pair.Value}\n")));
    }

    /// <summary>The counts in one line.</summary>
    public override string ToString() =>
        $"{Confirmed} of {Total} hosts are enrolled ({string.Join(", ", _states.Select(pair => $"{pair.Key} {pair.Value}"))})";
}
