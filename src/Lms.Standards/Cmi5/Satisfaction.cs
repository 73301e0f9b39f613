namespace Lms.Standards.Cmi5;

/// <summary>What is known of a unit in a registration.</summary>
/// <param name="Completed">A cmi5 defined “completed” was accepted.</param>
/// <param name="Passed">A cmi5 defined “passed” was accepted.</param>
/// <param name="Waived">The LMS waived it.</param>
public readonly record struct UnitStanding(bool Completed, bool Passed, bool Waived)
{
    /// <summary>Whether a criterion is met. A waived unit meets every one. (9.3.9, 13.1.4)</summary>
    public bool Meets(MoveOn criterion) => Waived || criterion switch
    {
        MoveOn.Completed => Completed,
        MoveOn.Passed => Passed,
        MoveOn.CompletedAndPassed => Completed && Passed,
        MoveOn.CompletedOrPassed => Completed || Passed,
        _ => true,
    };
}

/// <summary>Which units, blocks and course are satisfied. (9.3.9)</summary>
public sealed class Satisfaction
{
    private Satisfaction(bool[] units, bool[] blocks)
    {
        Units = units;
        Blocks = blocks;
    }

    /// <summary>For each unit, whether its criterion is met.</summary>
    public IReadOnlyList<bool> Units { get; }

    /// <summary>For each block, whether all units in it and in its blocks are satisfied.</summary>
    public IReadOnlyList<bool> Blocks { get; }

    /// <summary>Whether every unit is satisfied.</summary>
    public bool Course => Units.All(u => u);

    /// <summary>Satisfied blocks, an inner one before the one around it: the order in which they are told.</summary>
    public IEnumerable<int> BlocksInsideOut => Enumerable.Range(0, Blocks.Count).Reverse().Where(b => Blocks[b]);

    /// <summary>Evaluates a course.</summary>
    /// <param name="course">The course.</param>
    /// <param name="standing">What is known of the unit at an index.</param>
    public static Satisfaction Of(CourseStructure course, Func<int, UnitStanding> standing)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(standing);
        var blocks = new bool[course.Blocks.Count];
        Array.Fill(blocks, true);
        var units = new bool[course.Units.Count];
        for (var at = 0; at < units.Length; at++)
        {
            units[at] = standing(at).Meets(course.Units[at].MoveOn);
            if (!units[at] && course.Units[at].Block is { } block) blocks[block] = false;
        }
        // A block comes after the one around it, so that what is false inside is known by then.
        for (var at = blocks.Length - 1; at >= 0; at--)
            if (!blocks[at] && course.Blocks[at].Parent is { } parent) blocks[parent] = false;
        return new Satisfaction(units, blocks);
    }
}
