using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Lms.Web.Features.Identity;

internal static class ProblemList
{
    /// <summary>Puts problems beside the fields that they are about.</summary>
    public static void Add(this ModelStateDictionary state, IEnumerable<AccountProblem> problems)
    {
        foreach (var problem in problems) state.AddModelError(problem.Field, problem.Message);
    }
}
