// A SCEP proxy in the form of Fleet's: devices reach the CA through it, messages pass unchanged, and the URL says who asks.
//
//   dotnet run --project docs/samples/ScepProxy -- --urls http://127.0.0.1:8081 --hosts hosts.txt --ca-name SMALLSTEP_AGENT --upstream http://127.0.0.1:8080/scep
//
// A device enrols at /mdm/scep/proxy/HOST%2CPROFILE%2CCA. hosts.txt names the UUIDs that may, one a line; it is read for each request,
// so that a host can be added or taken away at any time.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ScepProxy;
using Smallstep.Fleet;
using Smallstep.Fleet.Scep.AspNetCore;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AllowLongScepRequests());
if (builder.Configuration["hosts"] is not { } hosts
    || !CaName.TryParse(builder.Configuration["ca-name"], out CaName caName)
    || !Uri.TryCreate(builder.Configuration["upstream"], UriKind.Absolute, out Uri? upstream))
{
    Console.Error.WriteLine("Usage: ScepProxy --hosts FILE --ca-name NAME --upstream SCEP_URL [--urls http://127.0.0.1:8081]");
    return 1;
}

using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
WebApplication app = builder.Build();
app.MapFleetScepProxy(ScepProxyIdentifier.ProxyPath, new ListedHosts(hosts, caName, upstream), http);
await app.StartAsync();
Console.WriteLine("Relaying SCEP on " + string.Join(", ", app.Urls.Select(url => url + ScepProxyIdentifier.ProxyPath)));
await app.WaitForShutdownAsync();
return 0;
