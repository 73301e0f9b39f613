using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Lms.Web.Features.Identity;

internal static class ProblemList
{
    /// <summary>Puts problems beside the fields that they are about; every form binds its fields to <c>Input</c>.</summary>
    public static void Add(this ModelStateDictionary state, IEnumerable<AccountProblem> problems)
    {
        foreach (var problem in problems) state.AddModelError($"Input.{problem.Field}", problem.Message);
    }
}
