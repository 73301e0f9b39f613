using Lms.Web.Tests.Packages;

namespace Lms.Web.Tests.Cloud.Files;

public sealed class AzureBlobLargeImportTests : LargeImportContract
{
    private protected override Dictionary<string, string?> Files { get; } = Azurite.Settings();
}
