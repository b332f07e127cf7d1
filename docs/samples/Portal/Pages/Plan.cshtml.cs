using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Smallstep.Fleet;

namespace Portal.Pages;

/// <summary>What preflight found and what would change; nothing is written before the button is pressed.</summary>
internal sealed class PlanModel(Onboarding onboarding) : PageModel
{
    public OnboardingState State { get; private set; } = null!;

    public IEnumerable<Finding> Findings => State.Report.Findings.Concat(State.Plan?.Findings ?? []).Distinct();

    public int Passed => State.Report.Checks.Count(check => check is { IsSkipped: false, IsPassed: true });

    public bool CanApply => State is { Plan: { } plan, IsApplied: false } && plan.Changes.Any(change => change.IsAllowed);

    public IActionResult OnGet()
    {
        if (onboarding.State is not { } state)
        {
            return RedirectToPage("Index");
        }

        State = state;
        return Page();
    }

    public IActionResult OnPost(Guid planId) =>
        onboarding.StartApply(planId) ? RedirectToPage("Progress") : StatusCode(StatusCodes.Status409Conflict);
}
