namespace Smallstep.Fleet;

/// <summary>The SCEP values that the Smallstep console hands out, through which Apple devices enrol, and Windows in the guide's way.</summary>
/// <param name="ScepUrl">The SCEP URL, such as <c>https://TEAM.scep.smallstep.com/p/agents/integration-fleet-…</c>.</param>
/// <param name="ChallengeUrl">The SCEP challenge URL, such as <c>https://TEAM.scep.smallstep.com/webhook/…/challenge</c>.</param>
/// <param name="Username">The user name for the challenge URL.</param>
/// <param name="Password">The password for the challenge URL.</param>
public sealed record SmallstepScep(Uri ScepUrl, Uri ChallengeUrl, string Username, Secret Password);
