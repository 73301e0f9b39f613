using System.Globalization;
using Lms.Web.Data;

namespace Lms.Web.Features.Learning;

/// <summary>Reads the version of an enrolment by its key: what EF does around so small a query would cost ten times the query.</summary>
internal sealed class EnrolmentVersions(RawDatabase database)
{
    private const string Sql = """SELECT "Version" FROM "Enrolments" WHERE "Id" = @id AND "LearnerId" = @learner""";

    /// <summary>Null when the learner has no such enrolment.</summary>
    public async Task<int?> FindAsync(Guid enrolmentId, Guid learnerId, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        Add("@id", enrolmentId);
        Add("@learner", learnerId);
        return await command.ExecuteScalarAsync(ct) is { } version ? Convert.ToInt32(version, CultureInfo.InvariantCulture) : null;

        void Add(string name, Guid value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }
}
