using System.Globalization;
using Lms.Web.Files;
using Microsoft.AspNetCore.Diagnostics;

namespace Lms.Web.Features.Shared;

/// <summary>What the site says when something that it needs does not answer: that it is worth trying again, and when.</summary>
internal static class Unavailable
{
    private const int Seconds = 10;

    public static int StatusOf(Exception failure) => Is(failure) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;

    /// <summary>For a page that tells of a failure.</summary>
    public static void AskToWait(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } failure && !Is(failure)) return;
        context.Response.Headers.RetryAfter = Seconds.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>For a problem detail.</summary>
    public static void Explain(ProblemDetailsContext context)
    {
        if (context.Exception is not { } failure || !Is(failure)) return;
        context.ProblemDetails.Detail = "The store of files does not answer at the moment. Send the request again in a few seconds.";
        AskToWait(context.HttpContext);
    }

    private static bool Is(Exception failure) => failure is FilesUnavailableException || failure.InnerException is { } inner && Is(inner);
}
