// SPDX-License-Identifier: Apache-2.0
package org.apache.spark.sql.execution;

import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.connector.read.streaming.SparkDataStream;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.collection.BitSet;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Says the signatures of Spark's scan of files with their generics, which Spark's class file lacks
 * for what Scala mixed in. Compiled against, never packaged: Spark's own class is linked at run
 * time.
 */
public class FileSourceScanExec extends SparkPlan {
  private static final long serialVersionUID = 1L;

  public FileSourceScanExec(
      HadoopFsRelation relation,
      Option<SparkDataStream> stream,
      Seq<Attribute> output,
      StructType requiredSchema,
      Seq<Expression> partitionFilters,
      Option<BitSet> optionalBucketSet,
      Option<Object> optionalNumCoalescedBuckets,
      Seq<Expression> dataFilters,
      Option<TableIdentifier> tableIdentifier,
      boolean disableBucketedScan) {
    throw stub();
  }

  public HadoopFsRelation relation() {
    throw stub();
  }

  public Option<SparkDataStream> stream() {
    throw stub();
  }

  public StructType requiredSchema() {
    throw stub();
  }

  public Seq<Expression> partitionFilters() {
    throw stub();
  }

  public Option<BitSet> optionalBucketSet() {
    throw stub();
  }

  public Option<Object> optionalNumCoalescedBuckets() {
    throw stub();
  }

  public Seq<Expression> dataFilters() {
    throw stub();
  }

  public Option<TableIdentifier> tableIdentifier() {
    throw stub();
  }

  public boolean disableBucketedScan() {
    throw stub();
  }

  public String nodeNamePrefix() {
    throw stub();
  }

  @Override
  public Seq<Attribute> output() {
    throw stub();
  }

  @Override
  public RDD<InternalRow> doExecute() {
    throw stub();
  }

  @Override
  public final Seq<SparkPlan> children() {
    throw stub();
  }

  @Override
  public final SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> function) {
    throw stub();
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    throw stub();
  }

  @Override
  public int productArity() {
    throw stub();
  }

  @Override
  public Object productElement(int index) {
    throw stub();
  }

  @Override
  public boolean canEqual(Object other) {
    throw stub();
  }

  private static UnsupportedOperationException stub() {
    return new UnsupportedOperationException("stub");
  }
}
