using Lms.Standards.Scorm.DataModel;
using Lms.Standards.Scorm.Sequencing;
using Lms.Web.Data;
using Lms.Web.Features.Packages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Scorm;

/// <summary>An attempt while a request works on it: the rows, and the sequencing engine once it is needed.</summary>
internal sealed class ScormPlay(LmsDbContext db, ScormAttempt attempt, PackageRegistration registration, ScormTree tree)
{
    private ScormSequencing? _row;
    private ScormLearner? _learner;
    private SequencingSession? _engine;

    public ScormAttempt Attempt => attempt;
    public PackageRegistration Registration => registration;
    public ScormTree Tree => tree;
    public bool Is2004 => tree.Is2004;

    /// <summary>Whether the learner's possibilities or standing may have changed, so that the window must hear of them.</summary>
    public bool Moved { get; set; }

    /// <summary>The activity that is shown.</summary>
    public Activity? Current => tree.Activities.Find(attempt.ActivityId);

    public async Task<SequencingSession> EngineAsync(CancellationToken ct)
    {
        if (_engine is not null) return _engine;
        var trial = !attempt.IsForCredit;
        _row = await db.ScormSequencings.SingleOrDefaultAsync(s => s.AttemptId == attempt.Id && s.IsTrial == trial, ct);
        var learner = RegisteredLearner.Of(registration).Key;
        _learner = await db.ScormLearners.SingleOrDefaultAsync(l => l.CentreId == attempt.CentreId && l.Learner == learner, ct);
        var shared = SharedStore.Restore(_learner?.Shared);
        if (_row is null) db.Add(_row = new ScormSequencing { AttemptId = attempt.Id, IsTrial = trial, CentreId = attempt.CentreId, State = "" });
        // What is drawn by lot is the learner's own for this registration, and the same when the request is repeated.
        var seed = BitConverter.ToUInt64(attempt.Id.ToByteArray(), 8);
        return _engine = _row.State.Length == 0
            ? SequencingSession.Start(tree.Activities, shared, seed)
            : SequencingSession.Restore(tree.Activities, _row.State, shared);
    }

    /// <summary>Puts the engine's state into the unit of work.</summary>
    public void Keep()
    {
        if (_engine is null) return;
        _row!.State = _engine.Save();
        if (!_engine.Shared.Changed || _row.IsTrial) return;
        if (_learner is null) db.Add(_learner = new ScormLearner { CentreId = attempt.CentreId, Learner = RegisteredLearner.Of(registration).Key, Shared = "" });
        _learner.Keep(_engine.Shared.Save());
    }

    /// <summary>Forgets what somebody did who only looked: the next look begins where the learner stands.</summary>
    public async Task BeginTrialAsync(CancellationToken ct)
    {
        if (attempt.IsForCredit) return;
        var (engine, real) = (await EngineAsync(ct), await db.ScormSequencings.AsNoTracking().SingleOrDefaultAsync(s => s.AttemptId == attempt.Id && !s.IsTrial, ct));
        if (real is { State.Length: > 0 }) _engine = SequencingSession.Restore(tree.Activities, real.State, engine.Shared);
    }

    /// <summary>What the content of an activity has said so far; null when it never spoke.</summary>
    public async Task<ScormActivity?> FindAsync(Activity activity, CancellationToken ct)
    {
        var key = ScormActivity.KeyOf(activity.Id);
        return db.ScormActivities.Local.FirstOrDefault(a => a.AttemptId == attempt.Id && a.Key == key)
            ?? await db.ScormActivities.SingleOrDefaultAsync(a => a.AttemptId == attempt.Id && a.Key == key, ct);
    }

    /// <summary>The row of an activity that is being delivered, made when there is none.</summary>
    public async Task<ScormActivity> RowAsync(Activity activity, CancellationToken ct)
    {
        if (await FindAsync(activity, ct) is { } row) return row;
        row = new ScormActivity
        {
            AttemptId = attempt.Id, Key = ScormActivity.KeyOf(activity.Id), CentreId = attempt.CentreId, ActivityId = activity.Id,
        };
        db.Add(row);
        return row;
    }

    /// <summary>The content's data model, as the server holds it to the table.</summary>
    public ScormDataModel ModelOf(Activity activity, ScormActivity row) =>
        new(Is2004, row.Given.Concat(row.Values), ContentSession.Access(activity.Definition));
}
