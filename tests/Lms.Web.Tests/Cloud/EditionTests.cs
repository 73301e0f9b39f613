using Lms.Web.Editions;

namespace Lms.Web.Tests.Cloud;

public sealed class EditionTests
{
    [Fact]
    public void The_cloud_edition_is_what_the_build_was_asked_for() => Assert.Equal("Cloud", Edition.Name);
}
