using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lms.Standards.Xapi;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Xapi;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Learning;

/// <summary>What the course engine says about learning, as xAPI 1.0.3.</summary>
public sealed class LearningStatements(XapiAddresses addresses)
{
    /// <summary>Extension that carries the content hash of the course version studied.</summary>
    private string VersionExtension => $"{addresses.Root}/xapi/course-version";

    public Statement Registered(Enrolment enrolment, PublishedCourse course) =>
        About(enrolment, course, Verbs.Registered, CourseActivity(course));

    /// <summary>The first opening of a lesson: its id follows from enrolment and lesson, so there is one.</summary>
    public Statement Launched(Enrolment enrolment, PublishedCourse course, Manuscript.Lesson lesson, string language)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        ArgumentNullException.ThrowIfNull(lesson);
        return InLesson(enrolment, course, Verbs.Launched, lesson, language) with { Id = OnceId(enrolment.Id, lesson.Id) };
    }

    public Statement Initialized(Enrolment enrolment, PublishedCourse course, string language) =>
        About(enrolment, course, Verbs.Initialized, CourseActivity(course), language: language);

    public Statement Experienced(Enrolment enrolment, PublishedCourse course, Manuscript.Lesson lesson, string language) =>
        InLesson(enrolment, course, Verbs.Experienced, lesson, language);

    public Statement LessonCompleted(Enrolment enrolment, PublishedCourse course, Manuscript.Lesson lesson, string language) =>
        InLesson(enrolment, course, Verbs.Completed, lesson, language, new Result { Completion = true });

    public Statement Progressed(Enrolment enrolment, PublishedCourse course) =>
        About(enrolment, course, Verbs.Progressed, CourseActivity(course), result: new Result
        {
            Extensions = new Dictionary<string, JsonNode?> { [ResultExtensions.Progress] = enrolment.Percent },
        });

    public Statement CourseCompleted(Enrolment enrolment, PublishedCourse course) =>
        About(enrolment, course, Verbs.Completed, CourseActivity(course), result: new Result
        {
            Completion = true,
            Duration = enrolment.CompletedAt - enrolment.StartedAt,
        });

    /// <summary>A statement about a part of the course: the course is its parent unless <paramref name="parent"/> is nearer.</summary>
    public Statement About(
        Enrolment enrolment, PublishedCourse course, Verb verb, Activity target, Activity? parent = null, string? language = null, Result? result = null)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(target);
        var whole = CourseActivity(course);
        return new Statement
        {
            Actor = addresses.Person(enrolment.LearnerId),
            Verb = verb,
            Object = target,
            Result = result,
            Context = new Context
            {
                Registration = enrolment.Id,
                Platform = "Seedlot",
                Revision = course.Row.Number,
                Language = language,
                ContextActivities = target.Id == whole.Id ? null : new ContextActivities
                {
                    Parent = [parent ?? whole],
                    Grouping = parent is null || parent.Id == whole.Id ? [] : [whole],
                },
                Extensions = new Dictionary<string, JsonNode?> { [VersionExtension] = course.Row.Hash },
            },
        };
    }

    public Activity CourseActivity(PublishedCourse course)
    {
        ArgumentNullException.ThrowIfNull(course);
        return new Activity(addresses.Course(course.Content.Id))
        {
            Definition = new ActivityDefinition { Name = course.Content.Title, Type = ActivityTypes.Course },
        };
    }

    public Activity LessonActivity(PublishedCourse course, Manuscript.Lesson lesson)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(lesson);
        return new Activity(addresses.Lesson(course.Content.Id, lesson.Id))
        {
            Definition = new ActivityDefinition
            {
                Name = lesson.Texts.ToDictionary(t => t.Key, t => t.Value.Title),
                Type = ActivityTypes.Lesson,
            },
        };
    }

    // RFC 9562, 5.8: a UUID of our own making.
    private static Guid OnceId(Guid enrolmentId, string lesson)
    {
        Span<byte> bytes = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"launched {enrolmentId} {lesson}"), bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }

    private Statement InLesson(
        Enrolment enrolment, PublishedCourse course, Verb verb, Manuscript.Lesson lesson, string language, Result? result = null) =>
        About(enrolment, course, verb, LessonActivity(course, lesson), language: language, result: result);
}
