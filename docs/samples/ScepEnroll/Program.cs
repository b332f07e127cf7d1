// Enrols with a SCEP server and writes key, certificate and chain.
//
//   dotnet run --project docs/samples/ScepEnroll -- --url http://127.0.0.1:8080/scep --challenge secret \
//       --fingerprint SHA256_OF_THE_CA --subject "CN=device-1, O=Example" --out ./device-1 [--legacy]
//
// --legacy believes SHA-1 signatures and DES replies, which Debian's scepserver and a default Smallstep CA send.
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Smallstep.Fleet;
using Smallstep.Fleet.Scep;

Dictionary<string, string> options = Read(args);
if (!options.TryGetValue("url", out string? url) || !options.TryGetValue("fingerprint", out string? fingerprint))
{
    Console.Error.WriteLine("Usage: ScepEnroll --url URL --fingerprint SHA256 [--challenge SECRET] [--subject X500] [--out DIR] [--root PEM] [--legacy]");
    return 1;
}

bool legacy = options.ContainsKey("legacy");
var clientOptions = new ScepClientOptions
{
    Url = url,
    RootFingerprint = fingerprint,
    MinimumDigest = legacy ? ScepDigest.Sha1 : ScepDigest.Sha256,
    MinimumCipher = legacy ? ScepCipher.Des : ScepCipher.Aes128,
};
if (options.TryGetValue("root", out string? root))
{
    clientOptions.TrustedCertificates.Add(X509Certificate2.CreateFromPem(File.ReadAllText(root)));
}

using var http = new HttpClient();
using RSA key = RSA.Create(2048);
ScepResult result;
try
{
    using var client = new ScepClient(http, clientOptions);
    result = await client.EnrollAsync(new ScepEnrollment
    {
        Key = key,
        Subject = options.GetValueOrDefault("subject", "CN=scep-enroll"),
        Challenge = options.TryGetValue("challenge", out string? challenge) ? new Secret(challenge) : null,
    });
    if (result is ScepPending pending)
    {
        Console.WriteLine($"Pending: transaction {pending.TransactionId}. Waiting for the CA to decide.");
        result = await client.WaitAsync(pending.Transaction, key);
    }
}
catch (Exception failure) when (failure is ScepException or TimeoutException or ArgumentException)
{
    Console.Error.WriteLine(failure.Message);
    return 3;
}

if (result is not ScepIssued issued)
{
    var rejected = (ScepRejected)result;
    Console.Error.WriteLine($"Rejected: {rejected.FailInfo}. {rejected.FailInfoText}");
    return 2;
}

string directory = options.GetValueOrDefault("out", ".");
Directory.CreateDirectory(directory);
WriteKey(Path.Combine(directory, "key.pem"), key.ExportPkcs8PrivateKeyPem() + "\n");
File.WriteAllText(Path.Combine(directory, "cert.pem"), issued.Certificate.ExportCertificatePem() + "\n");
File.WriteAllText(Path.Combine(directory, "chain.pem"), string.Concat(issued.Chain.Select(ca => ca.ExportCertificatePem() + "\n")));
Console.WriteLine($"Issued: {issued.Certificate.Subject}, serial {issued.Certificate.SerialNumber}, until {issued.Certificate.NotAfter:u}.");
return 0;

// Nobody else may read it.
static void WriteKey(string path, string pem)
{
    File.Delete(path);
    var privately = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
    if (!OperatingSystem.IsWindows())
    {
        privately.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    }

    using var writer = new StreamWriter(path, privately);
    writer.Write(pem);
}

static Dictionary<string, string> Read(string[] args)
{
    var options = new Dictionary<string, string>(StringComparer.Ordinal);
    for (int i = 0; i < args.Length; i++)
    {
        string name = args[i].TrimStart('-');
        bool hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
        options[name] = hasValue ? args[++i] : "";
    }

    return options;
}
