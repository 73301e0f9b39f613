using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Lms.Web.Files.AzureBlob;

/// <summary>Tells a service that does not answer, or won't, from an answer: a status that the caller knows what to do with stays as it is.</summary>
internal static class BlobFailure
{
    public static async Task<T> AskAsync<T>(BlobContainerClient container, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (Sentence(container, failure) is { } sentence)
        {
            throw new FilesUnavailableException(sentence, failure);
        }
    }

    private static string? Sentence(BlobContainerClient container, Exception failure)
    {
        var where = $"The file store {container.Uri.GetLeftPart(UriPartial.Path)}";
        return failure switch
        {
            RequestFailedException { Status: StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden } refused =>
                $"{where} refuses the program ({refused.ErrorCode ?? refused.Message}). Give its identity the role Storage Blob Data Contributor, or see to the key and the account's network rules.",
            RequestFailedException { ErrorCode: "ContainerNotFound" or "ContainerBeingDeleted" } => $"{where} is not there. Start the program again, which makes it.",
            RequestFailedException { Status: 0 or StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests or >= 500 } => $"{where} does not answer. See that it runs and can be reached; then try again.",
            AuthenticationFailedException => $"{where} can't be asked: the program has no identity there. Give it a managed identity, or set LMS__Files__ConnectionString.",
            AggregateException several when several.InnerExceptions.Any(inner => inner is RequestFailedException or IOException) => $"{where} does not answer. See that it runs and can be reached; then try again.",
            _ => null,
        };
    }
}
