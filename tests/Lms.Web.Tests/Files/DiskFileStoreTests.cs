using Lms.Web.Files;

namespace Lms.Web.Tests.Files;

public sealed class DiskFileStoreTests : FileStoreContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-files-").FullName;

    private protected override Task<IFileStore> EmptyAsync() =>
        Task.FromResult<IFileStore>(new DiskFileStore(Path.Combine(_folder, "files"), Path.Combine(_folder, "uploads"), Clock));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
