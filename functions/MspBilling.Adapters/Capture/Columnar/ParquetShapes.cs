using static MspBilling.Adapters.Capture.Columnar.ThriftType;

namespace MspBilling.Adapters.Capture.Columnar;

/// <summary>What is read of a Parquet file's description of itself (apache/parquet-format, src/main/thrift/parquet.thrift, whose numbers these are).</summary>
internal static class ParquetShapes
{
    private static readonly ThriftShape Nothing = new();
    private static readonly ThriftShape TimeUnit = new(ThriftField.Of(1, Nothing), ThriftField.Of(2, Nothing), ThriftField.Of(3, Nothing));
    private static readonly ThriftShape Time = new(ThriftField.Of(1, True), ThriftField.Of(2, TimeUnit));

    // Variant, geometry and geography (16 to 18) are no values that usage has.
    private static readonly ThriftShape LogicalType = new(
        ThriftField.Of(1, Nothing),
        ThriftField.Of(2, Nothing),
        ThriftField.Of(3, Nothing),
        ThriftField.Of(4, Nothing),
        ThriftField.Of(5, new ThriftShape(ThriftField.Of(1, Int), ThriftField.Of(2, Int))),
        ThriftField.Of(6, Nothing),
        ThriftField.Of(7, Time),
        ThriftField.Of(8, Time),
        ThriftField.Of(10, new ThriftShape(ThriftField.Of(1, ThriftType.Byte), ThriftField.Of(2, True))),
        ThriftField.Of(11, Nothing),
        ThriftField.Of(12, Nothing),
        ThriftField.Of(13, Nothing),
        ThriftField.Of(14, Nothing),
        ThriftField.Of(15, Nothing));

    private static readonly ThriftShape SchemaElement = new(
        ThriftField.Of(1, Int),
        ThriftField.Of(2, Int),
        ThriftField.Of(3, Int),
        ThriftField.Of(4, Binary),
        ThriftField.Of(5, Int),
        ThriftField.Of(6, Int),
        ThriftField.Of(7, Int),
        ThriftField.Of(8, Int),
        ThriftField.Of(10, LogicalType));

    private static readonly ThriftShape ColumnMetaData = new(
        ThriftField.Of(1, Int),
        ThriftField.ListOf(2, Int),
        ThriftField.ListOf(3, Binary),
        ThriftField.Of(4, Int),
        ThriftField.Of(5, Long),
        ThriftField.Of(6, Long),
        ThriftField.Of(7, Long),
        ThriftField.Of(9, Long),
        ThriftField.Of(10, Long),
        ThriftField.Of(11, Long));

    private static readonly ThriftShape ColumnChunk = new(ThriftField.Of(2, Long), ThriftField.Of(3, ColumnMetaData));

    private static readonly ThriftShape RowGroup = new(ThriftField.ListOf(1, ColumnChunk), ThriftField.Of(2, Long), ThriftField.Of(3, Long));

    private static readonly ThriftShape Statistics = new(
        ThriftField.Of(1, Binary),
        ThriftField.Of(2, Binary),
        ThriftField.Of(3, Long),
        ThriftField.Of(4, Long),
        ThriftField.Of(5, Binary),
        ThriftField.Of(6, Binary),
        ThriftField.Of(7, True),
        ThriftField.Of(8, True));

    /// <summary>FileMetaData, without statistics, indexes and what programs add.</summary>
    public static ThriftShape Footer { get; } = new(
        ThriftField.Of(1, Int),
        ThriftField.ListOf(2, SchemaElement),
        ThriftField.Of(3, Long),
        ThriftField.ListOf(4, RowGroup));

    /// <summary>PageHeader.</summary>
    public static ThriftShape Page { get; } = new(
        ThriftField.Of(1, Int),
        ThriftField.Of(2, Int),
        ThriftField.Of(3, Int),
        ThriftField.Of(4, Int),
        ThriftField.Of(5, new ThriftShape(ThriftField.Of(1, Int), ThriftField.Of(2, Int), ThriftField.Of(3, Int), ThriftField.Of(4, Int), ThriftField.Of(5, Statistics))),
        ThriftField.Of(6, Nothing),
        ThriftField.Of(7, new ThriftShape(ThriftField.Of(1, Int), ThriftField.Of(2, Int), ThriftField.Of(3, True))),
        ThriftField.Of(
            8,
            new ThriftShape(
                ThriftField.Of(1, Int),
                ThriftField.Of(2, Int),
                ThriftField.Of(3, Int),
                ThriftField.Of(4, Int),
                ThriftField.Of(5, Int),
                ThriftField.Of(6, Int),
                ThriftField.Of(7, True),
                ThriftField.Of(8, Statistics))));
}
