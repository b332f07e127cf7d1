using System.Net;

namespace Smallstep.Fleet;

/// <summary>The addresses that Fleet does not call from 4.89 on: loopback, link-local and private ones.</summary>
internal static class PrivateNetwork
{
    private static readonly IPNetwork LinkLocal = IPNetwork.Parse("169.254.0.0/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("0.0.0.0/32"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("127.0.0.0/8"), LinkLocal,
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("::/127"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    /// <summary>Whether an address names this machine or its network; a name that needs resolving is not looked up.</summary>
    public static bool Holds(Uri address) => address.IsLoopback || (IPAddress.TryParse(address.DnsSafeHost, out IPAddress? ip) && Holds(ip));

    public static bool Holds(IPAddress address)
    {
        IPAddress plain = Plain(address);
        return Networks.Any(network => network.Contains(plain));
    }

    /// <summary>Whether an address is one that no setting for private networks opens: loopback and link-local.</summary>
    public static bool IsOwnMachine(IPAddress address)
    {
        IPAddress plain = Plain(address);
        return IPAddress.IsLoopback(plain) || plain.IsIPv6LinkLocal || LinkLocal.Contains(plain) || plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any);
    }

    /// <summary>The IPv4 address that an IPv6 one stands for, mapped or by NAT64.</summary>
    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : Nat64.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12))
        : address;
}
