using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Learning;

/// <summary>A lesson page as it was sent to its reader, with what it takes to know whether it still holds.</summary>
internal sealed class LessonPage(LessonModel model, byte[] bytes, string encoding) : IActionResult
{
    // A digest of the bytes: they hold the form token, so no two people's pages share a tag.
    private readonly EntityTagHeaderValue _tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");

    public Guid Enrolment { get; } = model.EnrolmentId;
    public Guid Learner { get; } = model.Open.Enrolment.LearnerId;
    public LessonStamp Stamp { get; } = model.Open.Stamp;
    public string Language { get; } = model.Language;
    /// <summary>The lesson that is opened by reading the page; null when it is locked or a record.</summary>
    public Manuscript.Lesson? Opens { get; } = model.Opens ? model.Open.Lesson : null;
    public int Size => bytes.Length;

    public Task ExecuteResultAsync(ActionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return WriteAsync(context.HttpContext);
    }

    public Task WriteAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var (response, headers) = (http.Response, http.Response.Headers);
        // The browser keeps it, and asks each time whether it still holds: going back to a lesson costs a few hundred bytes.
        headers.CacheControl = "private, no-cache";
        headers.Remove(HeaderNames.Pragma);
        headers.Vary = "Accept-Encoding, Cookie";
        headers.ETag = _tag.ToString();
        if (http.Request.Headers.IfNoneMatch.Count > 0 && http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(_tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        headers.ContentEncoding = encoding;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
