using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Smallstep.Fleet;

/// <summary>Renders plans for machines.</summary>
internal static class PlanJsonWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IntegrationPlan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("fleetVersion", plan.Version.ToString());
            json.WriteBoolean("empty", plan.IsEmpty);
            json.WriteBoolean("blocked", plan.IsBlocked);
            WriteCost(json, plan.Cost);
            json.WriteStartArray("changes");
            foreach ((int index, PlannedChange change) in plan.Changes.Index().OrderBy(item => PlanTextWriter.ReadingRank(item.Item)))
            {
                WriteChange(json, change, index + 1);
            }

            json.WriteEndArray();
            json.WriteStartArray("uncomparedSecrets");
            foreach (string secret in plan.UncomparedSecrets)
            {
                json.WriteStringValue(secret);
            }

            json.WriteEndArray();
            json.WriteStartArray("findings");
            foreach (Finding finding in plan.Findings)
            {
                FindingJson.Write(json, finding);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    // Deletions stand first, as in the other forms; the position is the order of applying.
    private static void WriteChange(Utf8JsonWriter json, PlannedChange change, int position)
    {
        json.WriteStartObject();
        json.WriteString("id", change.Id);
        json.WriteNumber("position", position);
        json.WriteString("kind", change.Kind.ToWord());
        json.WriteString("object", change.ObjectKind.ToWord());
        json.WriteString("fleet", change.Team);
        json.WriteString("name", change.Name);
        json.WriteString("reason", change.Reason);
        json.WriteString("blocker", change.Blocker);
        WriteCost(json, change.Cost);
        json.WriteStartArray("fields");
        foreach (FieldChange field in change.Fields)
        {
            json.WriteStartObject();
            json.WriteString("field", field.Field);
            json.WriteString("before", field.Before);
            json.WriteString("after", field.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCost(Utf8JsonWriter json, PlanCost cost)
    {
        json.WriteStartObject("cost");
        json.WriteNumber("challenges", cost.Challenges);
        json.WriteBoolean("challengePerHost", cost.ChallengePerHost);
        json.WriteNumber("activities", cost.Activities);
        json.WriteEndObject();
    }
}
