namespace Lms.Web.Features.Packages;

/// <summary>A connection that broke while a package came is nobody's fault: it is answered, if anybody still listens, and not logged as one.</summary>
internal static class BrokenUploads
{
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BadHttpRequestException broken)
        {
            return Results.StatusCode(broken.StatusCode);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }
    }
}
