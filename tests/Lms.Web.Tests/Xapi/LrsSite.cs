using Lms.Web.Tests.Support;
using Xunit.v3;

namespace Lms.Web.Tests.Xapi;

/// <summary>One site for all tests of the record store, with a credential that may do anything and a client for each version.</summary>
public sealed class LrsSite : IAsyncLifetime
{
    private readonly TestSite _site = NewSite();

    public TestSite Site => _site;
    public Lrs V1 { get; private set; } = null!;
    public Lrs V2 { get; private set; } = null!;
    public Lrs[] Both => [V1, V2];

    /// <summary>A site with the credential of <see cref="Lrs"/>.</summary>
    internal static TestSite NewSite() => new(new() { ["LMS:Lrs:Key"] = Lrs.SiteKey, ["LMS:Lrs:Secret"] = Lrs.SiteSecret });

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        (V1, V2) = (new Lrs(_site.Address, "1.0.3"), new Lrs(_site.Address, "2.0.0"));
    }

    public async ValueTask DisposeAsync()
    {
        V1.Dispose();
        V2.Dispose();
        await _site.DisposeAsync();
    }
}

[CollectionDefinition]
public sealed class LrsCollection : ICollectionFixture<LrsSite>;

/// <summary>Which requirements of the ADL's list of 330 a test holds; <c>--filter Requirement=XAPI-00142</c> runs them.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequirementAttribute(params string[] numbers) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. numbers.Select(n => KeyValuePair.Create("Requirement", n))];
}
