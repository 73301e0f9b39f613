using Lms.Web.Tests.Packages;

namespace Lms.Web.Tests.Cloud.Files;

public sealed class AzureBlobLargeImportTests : LargeImportContract
{
    private protected override Dictionary<string, string?> Settings { get; } = Azurite.Settings();
}
