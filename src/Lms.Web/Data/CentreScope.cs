namespace Lms.Web.Data;

/// <summary>
/// Whose rows this unit of work may see. A web request gets it from the signed-in person, a job and a command see all.
/// Nothing is visible by default.
/// </summary>
public sealed class CentreScope
{
    public bool All { get; private set; }
    public Guid? PersonId { get; private set; }
    public Guid[] Centres { get; private set; } = [];

    /// <summary>For jobs, commands and start-up: code that acts for the system itself.</summary>
    public void SeeAll() => All = true;

    /// <summary>A person sees their own rows and those of the centres where they are staff.</summary>
    public void SeeAs(Guid personId, bool all, IEnumerable<Guid> centres)
    {
        PersonId = personId;
        All = all;
        Centres = [.. centres];
    }
}
