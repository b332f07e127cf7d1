using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Smallstep.Fleet;

namespace Portal.Pages;

/// <summary>The form.</summary>
internal sealed class IndexModel(Onboarding onboarding, IOptions<IntegrationOptions> preset) : PageModel
{
    [BindProperty]
    public OnboardingForm Form { get; set; } = new();

    public ConnectGuide Guide { get; } = ConnectGuide.For(preset.Value);

    public IReadOnlyList<Finding> Problems { get; private set; } = [];

    public string Kept(Func<IntegrationOptions, string?> secret) => string.IsNullOrEmpty(secret(preset.Value)) ? "" : "leave empty to keep the preset one";

    public static string Name(DevicePlatform platform) => platform.Value switch { "macos" => "macOS", "ios" => "iOS", "ipados" => "iPadOS", "windows" => "Windows", _ => "Linux" };

    public void OnGet() => Form = OnboardingForm.Of(preset.Value);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await onboarding.CheckAsync(Form.ToOptions(preset.Value), cancellationToken) ? RedirectToPage("Plan") : Busy();
        }
        catch (IntegrationException wrong)
        {
            Problems = wrong.Findings;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
    }

    private StatusCodeResult Busy() => StatusCode(StatusCodes.Status409Conflict);
}
