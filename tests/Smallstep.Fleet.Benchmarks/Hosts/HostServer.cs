using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Smallstep.Fleet.Benchmarks.Hosts;

/// <summary>Lists hosts as Fleet does. The address says how many, after what delay, and whether each host is flushed: <c>/100000/5/flush</c>.</summary>
internal static class HostServer
{
    /// <summary>Serves until the standard input ends; prints the port.</summary>
    public static int Run()
    {
        (byte[] Before, byte[] After)[] records = HostRecords.Make();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxResponseBufferSize = 1 << 20);
        WebApplication app = builder.Build();
        app.MapGet("/{total:int}/{delay:int}/{mode}/api/latest/fleet/hosts/count", (int total) => Results.Text($"{{\"count\":{total}}}", "application/json"));
        app.MapGet("/{total:int}/{delay:int}/{mode}/api/latest/fleet/hosts", (int total, int delay, string mode, HttpContext context) => ListAsync(records, total, delay, mode == "flush", context));
        app.StartAsync().GetAwaiter().GetResult();
        Console.WriteLine(new Uri(app.Urls.First()).Port.ToString(CultureInfo.InvariantCulture));
        Console.In.ReadToEnd();
        return 0;
    }

    private static async Task ListAsync((byte[] Before, byte[] After)[] records, int total, int delay, bool flush, HttpContext context)
    {
        int size = int.Parse(context.Request.Query["per_page"]!, CultureInfo.InvariantCulture);
        int first = context.Request.Query["order_direction"] == "desc" ? Math.Max(0, total - size)
            : context.Request.Query.TryGetValue("after", out var after) ? int.Parse(after!, CultureInfo.InvariantCulture)
            : int.Parse(context.Request.Query["page"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture) * size;
        int count = Math.Clamp(total - first, 0, size);
        if (delay > 0)
        {
            await Task.Delay(delay);
        }

        context.Response.ContentType = "application/json";
        if (!flush)
        {
            context.Response.ContentLength = "{\"hosts\": []}".Length + Enumerable.Range(first, count).Sum(index => Length(records, index)) + Math.Max(0, count - 1);
        }

        PipeWriter writer = context.Response.BodyWriter;
        writer.Write("{\"hosts\": ["u8);
        for (int i = 0; i < count; i++)
        {
            Write(writer, records, first + i, i > 0);
            if (flush || i % 64 == 63)
            {
                await writer.FlushAsync();
            }
        }

        writer.Write("]}"u8);
        await writer.FlushAsync();
    }

    private static void Write(PipeWriter writer, (byte[] Before, byte[] After)[] records, int index, bool comma)
    {
        if (comma)
        {
            writer.Write(","u8);
        }

        (byte[] before, byte[] after) = records[index % records.Length];
        writer.Write(before);
        Span<byte> id = stackalloc byte[12];
        (index + 1).TryFormat(id, out int written, default, CultureInfo.InvariantCulture);
        writer.Write(id[..written]);
        writer.Write(after);
    }

    private static long Length((byte[] Before, byte[] After)[] records, int index)
    {
        (byte[] before, byte[] after) = records[index % records.Length];
        return before.Length + after.Length + 1 + (int)Math.Log10(index + 1);
    }

    private static void Write(this PipeWriter writer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
    }
}
