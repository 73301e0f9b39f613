using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>Says in a sentence how it stands with a consumer.</summary>
internal sealed class ConsumerSentences(IStringLocalizer<XapiText> text, IOptions<ForwardingOptions> options)
{
    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Of(StatementConsumer consumer) => Of(consumer.Problem, consumer.ProblemStatus, consumer.ProblemDetail);

    /// <summary>What came of a probe.</summary>
    public string Of(ConsumerAnswer answer) =>
        Of(answer.Problem, answer.Status, answer.Detail)
        ?? (answer.Outcome == ConsumerOutcome.Taken
            ? text["It is there and takes the credentials: it answered {0}.", answer.Status ?? 0]
            : text["It is there. To an empty list of statements it answered {0}: {1}", answer.Status ?? 0, answer.Detail]).Value;

    private string? Of(ConsumerProblem problem, int? status, string? detail) => problem == ConsumerProblem.None ? null : Say(problem, status ?? 0, detail ?? "").Value;

    private LocalizedString Say(ConsumerProblem problem, int status, string detail) => problem switch
    {
        ConsumerProblem.Unreachable => text["It can’t be reached: {0}", detail],
        ConsumerProblem.TimedOut => text["It did not answer within {0} seconds.", (int)options.Value.TimeLimit.TotalSeconds],
        ConsumerProblem.Redirected => text["It answered {0} and leads to another address, which is not followed. Write the final address here: {1}", status, detail],
        ConsumerProblem.Failed => text["It answered {0}: {1}", status, detail],
        ConsumerProblem.Busy => text["It asks to be left alone for a while; it answered {0}.", status],
        ConsumerProblem.Denied => text["It does not accept the credentials; it answered {0}. Until they are changed, it is tried only now and then.", status],
        ConsumerProblem.Forbidden => text["Its address leads where statements may not be sent: {0}", detail],
        ConsumerProblem.RefusesAll => text["It refused {0} statements one after the other. To the last it answered {1}: {2}", ForwardingOptions.MostRefusedInARow, status, detail],
        ConsumerProblem.SecretLost => text["The stored secret can’t be read with the keys of this installation. Type it again."],
        ConsumerProblem.Unverified => text["It says that it has a statement of the same id, and does not show it. The statement counts as delivered."],
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, null),
    };
}
