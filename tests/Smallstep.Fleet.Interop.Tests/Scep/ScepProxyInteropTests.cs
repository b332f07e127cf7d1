namespace Smallstep.Fleet.Interop.Tests.Scep;

/// <summary>The ScepProxy sample between a client and a CA.</summary>
public sealed class ScepProxyInteropTests
{
    private const string Script = """
        serve
        printf '%s\n' 11111111-2222-3333-4444-555555555555 >hosts.txt
        PROXY_PORT=$((PORT + 1))
        dotnet "$SCEP_PROXY" --urls "http://127.0.0.1:$PROXY_PORT" --hosts hosts.txt --ca-name SMALLSTEP_AGENT --upstream "$URL" >proxy.log 2>&1 & wait_for "$PROXY_PORT"
        PROXY="http://127.0.0.1:$PROXY_PORT/mdm/scep/proxy"
        PROFILE=a6d2b1f0-0000-4000-8000-000000000001

        """;

    [PeerFact("openssl", "scepclient")]
    public async Task Relay_ListedHost_EnrolsWithOursAndWithScepclient()
    {
        string output = await RunAsync("""
            ALLOWED="$PROXY/11111111-2222-3333-4444-555555555555%2C$PROFILE%2CSMALLSTEP_AGENT"
            enroll --url "$ALLOWED" --challenge secret --fingerprint "$(fingerprint ca/ca.pem)" --out ours
            openssl verify -CAfile ca/ca.pem ours/cert.pem
            mkdir d
            scepclient -private-key d/client.key -certificate d/client.pem -server-url="$ALLOWED" -challenge=secret -cn device -organization Example -ou Test -country SE >>client.log 2>&1
            openssl verify -CAfile ca/ca.pem d/client.pem
            """);

        output.Should().Contain("ours/cert.pem: OK").And.Contain("d/client.pem: OK");
    }

    [PeerFact("openssl", "curl")]
    public async Task Relay_OtherHostOrAuthority_IsRefusedAsFleetDoes()
    {
        string output = await RunAsync("""
            curl -s "$PROXY/99999999-2222-3333-4444-555555555555%2C$PROFILE%2CSMALLSTEP_AGENT?operation=GetCACaps"; echo
            curl -s "$PROXY/11111111-2222-3333-4444-555555555555%2C$PROFILE%2COTHER?operation=GetCACaps"; echo
            """);

        output.Should().Contain("unknown identifier in URL path").And.Contain("SCEP proxy is not configured");
    }

    private static Task<string> RunAsync(string script) =>
        PeerShell.RunAsync(Script + script, environment: new Dictionary<string, string> { ["SCEP_PROXY"] = SampleProgram.Path("ScepProxy") });
}
