using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Credentials;

/// <summary>What each scope lets a system do, for people.</summary>
public static class ScopeSentences
{
    public static string Of(string scope, IStringLocalizer<XapiText> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return scope switch
        {
            "statements/write" => text["Store statements."],
            "statements/read" => text["Read all statements of the centre."],
            "statements/read/mine" => text["Read only the statements that it stored itself."],
            "state" => text["Read and write what activities keep of a learner's state, such as bookmarks."],
            "profile" => text["Read and write what is kept about activities and people."],
            "define" => text["What its statements say of activities, verbs and people becomes what the store knows of them."],
            "all" => text["Everything above, and the HTTP API, where it manages its centre; the hub's administers the network."],
            _ => throw new ArgumentOutOfRangeException(nameof(scope)),
        };
    }
}
