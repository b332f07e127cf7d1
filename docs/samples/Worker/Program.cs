// A worker that keeps Smallstep's inventory in step with Fleet's and watches every host's certificate; /health says how it stands.
// Section "Integration" of the configuration (user secrets, environment: Integration__FleetUrl, …) names the servers. Without it the
// worker plays with a Fleet and a Smallstep on loopback. Metrics and traces are called Smallstep.Fleet; add your exporter.
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Smallstep.Fleet;
using Worker;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
IConfigurationSection section = builder.Configuration.GetSection("Integration");
await using Simulation? simulation = section.Exists() ? null : await Simulation.StartAsync();
builder.Services.AddSmallstepFleet(section).AddInventorySync().AddWatch().AddHealthChecks();
if (simulation is not null)
{
    builder.Services.Configure<IntegrationOptions>(simulation.Fill);
}

WebApplication app = builder.Build();
app.MapHealthChecks("/health", new() { ResponseWriter = WriteAsync });
await app.RunAsync();

static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
    report.Entries.ToDictionary(entry => entry.Key, entry => new { Status = entry.Value.Status.ToString(), entry.Value.Description }));
