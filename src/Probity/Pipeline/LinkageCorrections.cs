using Probity.Evidence;
using Probity.Linkage;
using Probity.Sources;

namespace Probity.Pipeline;

/// <summary>What a register's linkage.yaml corrects, held against what its sources give: inputs are sources, columns the fields of their identity statements.</summary>
internal static class LinkageCorrections
{
    /// <summary>Corrections that would do nothing, or harm.</summary>
    public static IEnumerable<Problem> Unmet(LinkageSpecification specification, IEnumerable<SourceDefinition> sources) =>
        specification.Unmet([.. sources.Select(FieldsOf)])
            .Concat(specification.WithRole(ColumnRole.Id, "a field of a register's record cannot be its identifier: that is what the source's file says under 'id'"));

    /// <summary>A redactable field stands in the ledger as a commitment only, so that nothing can be linked by it.</summary>
    private static LinkColumns FieldsOf(SourceDefinition source) => new(source.Name, [.. source.Identity.Where(field => !field.Redactable).Select(field => field.Name)]);
}
