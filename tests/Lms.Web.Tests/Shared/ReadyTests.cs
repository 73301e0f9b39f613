using System.Net;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Shared;

public sealed class ReadyTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task A_site_whose_data_folder_takes_no_writes_is_not_ready()
    {
        // A folder in the place of the file stands for a full disk: writing fails.
        var obstacle = Directory.CreateDirectory(Path.Combine(site.DataFolder, "ready"));
        using var visitor = site.Visitor();
        using var full = await visitor.GetAsync("/health/ready");
        obstacle.Delete();
        await site.RestartAsync();
        using var again = site.Visitor();
        using var ready = await again.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, full.StatusCode);
        Assert.Equal("ready", await ready.Content.ReadAsStringAsync());
    }
}
