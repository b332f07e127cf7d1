namespace Smallstep.Fleet.Profiles;

/// <summary>A payload that installs a certificate.</summary>
/// <param name="PayloadType">The type: <see cref="Root"/>, <see cref="Pkcs1"/> or <see cref="Pem"/>.</param>
public sealed record CertificatePayload(string PayloadType) : ProfilePayload
{
    /// <summary>A root certificate in DER, which becomes trusted.</summary>
    public const string Root = "com.apple.security.root";

    /// <summary>A certificate in DER that is no root, such as an intermediate.</summary>
    public const string Pkcs1 = "com.apple.security.pkcs1";

    /// <summary>A certificate as PEM text; the guide puts DER there.</summary>
    public const string Pem = "com.apple.security.pem";

    /// <inheritdoc/>
    public override string Type => PayloadType;

    /// <summary>The bytes of <c>PayloadContent</c>: DER, or PEM text for <see cref="Pem"/>.</summary>
    public ReadOnlyMemory<byte> Contents { get; init; }

    /// <summary>The <c>PayloadCertificateFileName</c>; absent when empty.</summary>
    public string FileName { get; init; } = "";

    private protected override void AddOwnKeys(PropertyListDictionary dictionary)
    {
        dictionary.AddFilled("PayloadCertificateFileName", FileName);
        dictionary.Add("PayloadContent", new PropertyListData(Contents));
    }
}
