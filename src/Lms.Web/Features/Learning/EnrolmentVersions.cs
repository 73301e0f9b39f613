using System.Collections.Concurrent;
using System.Data.Common;
using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Learning;

/// <summary>
/// Reads the version of an enrolment by its key, on connections that are kept with their prepared command: what EF does around so
/// small a query would cost ten times the query.
/// </summary>
internal sealed class EnrolmentVersions(Func<LmsDbContext> contexts) : IDisposable
{
    private const string Sql = """SELECT "Version" FROM "Enrolments" WHERE "Id" = @id AND "LearnerId" = @learner""";
    private const int MostIdle = 8;
    private readonly ConcurrentQueue<Look> _idle = new();

    /// <summary>Null when the learner has no such enrolment.</summary>
    public int? Find(Guid enrolmentId, Guid learnerId)
    {
        if (!_idle.TryDequeue(out var look)) look = new Look(contexts());
        try
        {
            var version = look.Find(enrolmentId, learnerId);
            if (_idle.Count < MostIdle)
            {
                _idle.Enqueue(look);
                look = null;
            }
            return version;
        }
        finally
        {
            look?.Dispose();
        }
    }

    public void Dispose()
    {
        while (_idle.TryDequeue(out var look)) look.Dispose();
    }

    private sealed class Look : IDisposable
    {
        private readonly LmsDbContext _db;
        private readonly DbCommand _command;
        private readonly DbParameter _id, _learner;

        public Look(LmsDbContext db)
        {
            _db = db;
            db.Database.OpenConnection();
            _command = db.Database.GetDbConnection().CreateCommand();
            _command.CommandText = Sql;
            (_id, _learner) = (Parameter("@id"), Parameter("@learner"));
        }

        public int? Find(Guid enrolmentId, Guid learnerId)
        {
            (_id.Value, _learner.Value) = (enrolmentId, learnerId);
            return _command.ExecuteScalar() is { } version ? Convert.ToInt32(version, System.Globalization.CultureInfo.InvariantCulture) : null;
        }

        public void Dispose()
        {
            _command.Dispose();
            _db.Dispose();
        }

        private DbParameter Parameter(string name)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = name;
            _command.Parameters.Add(parameter);
            return parameter;
        }
    }
}
