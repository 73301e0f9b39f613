using Lms.Standards.Xapi;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lms.Web.Features.Xapi.Protocol;

/// <summary>Refusals: problem details with findings that name where, what is wrong and the cure.</summary>
public static class XapiProblem
{
    /// <summary>One finding about the request.</summary>
    public static IResult Of(string where, string message, string cure, int status = StatusCodes.Status400BadRequest, string? requirement = null) =>
        Of([new Violation(where, "request", message, cure, requirement)], status);

    public static IResult Of(IReadOnlyList<Violation> findings, int status = StatusCodes.Status400BadRequest) =>
        Api.Refused(findings.Count == 1 ? findings[0].Message : "The request has several faults.", findings, status);

    /// <summary>At most sixty characters of something that a sender wrote.</summary>
    public static string Cut(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 59), "…");
}

/// <summary>Thrown while a request is read, where what it says can't be taken; it becomes the answer.</summary>
public sealed class XapiException(IResult answer) : Exception("The request can't be taken.")
{
    public XapiException(string where, string message, string cure, int status = StatusCodes.Status400BadRequest, string? requirement = null)
        : this(XapiProblem.Of(where, message, cure, status, requirement)) { }

    public IResult Answer { get; } = answer;

    /// <summary>Turns it into the answer of an endpoint.</summary>
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation);
        }
        catch (XapiException refused)
        {
            return refused.Answer;
        }
        catch (BadHttpRequestException bad)
        {
            return AnswerTo(bad);
        }
    }
    internal static IResult TooLarge => XapiProblem.Of("body", "The body is too large.", "Send less at once.", StatusCodes.Status413PayloadTooLarge, "XAPI-00328");

    /// <summary>The answer to a body that the server would not read to its end.</summary>
    internal static IResult AnswerTo(BadHttpRequestException bad) => bad.StatusCode == StatusCodes.Status413PayloadTooLarge
        ? TooLarge
        : XapiProblem.Of("body", "The body ended early or is broken.", "Send it again.", bad.StatusCode);
}
