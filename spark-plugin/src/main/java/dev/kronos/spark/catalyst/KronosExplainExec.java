// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.CommandExecutionMode;
import org.apache.spark.sql.execution.LeafExecNode;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.command.ExplainCommand;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/** Runs Spark's {@code EXPLAIN} and adds a section to its text; in the driver. */
public final class KronosExplainExec extends SparkPlan implements LeafExecNode {
  private static final long serialVersionUID = 1L;

  private final transient ExplainCommand command;
  private final transient Function<QueryExecution, Optional<String>> section;

  /**
   * Creates a node.
   *
   * @param command Spark's own
   * @param section says what there is to add about the query that is explained
   */
  public KronosExplainExec(
      ExplainCommand command, Function<QueryExecution, Optional<String>> section) {
    this.command = command;
    this.section = section;
  }

  @Override
  public Seq<Attribute> output() {
    return command.output();
  }

  @Override
  public InternalRow[] executeCollect() {
    List<InternalRow> rows = new ArrayList<>();
    for (String line : lines()) {
      rows.add(new GenericInternalRow(new Object[] {UTF8String.fromString(line)}));
    }
    return rows.toArray(InternalRow[]::new);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    ScalaCollections.<Row>list(command.run(session())).forEach(row -> lines.add(row.getString(0)));
    // A query that cannot be planned comes as the lines of its error.
    if (lines.size() == 1) {
      added().ifPresent(more -> lines.set(0, lines.get(0).stripTrailing() + more));
    }
    return lines;
  }

  private Optional<String> added() {
    QueryExecution query =
        session().sessionState().executePlan(command.logicalPlan(), CommandExecutionMode.SKIP());
    try {
      return section.apply(query).map(lines -> "\n\n== Kronos ==\n" + lines);
    } catch (Exception e) {
      // Spark's text says what is wrong with the query. Its exceptions are not all of one class.
      return Optional.empty();
    }
  }

  @Override
  public RDD<InternalRow> doExecute() {
    return sparkContext()
        .parallelize(
            ScalaCollections.seq(List.of(executeCollect())),
            1,
            ClassTag$.MODULE$.apply(InternalRow.class));
  }

  @Override
  public Seq<SparkPlan> children() {
    return LeafExecNode.super.children();
  }

  @Override
  public SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> function) {
    return this;
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    return this;
  }

  @Override
  public AttributeSet producedAttributes() {
    return outputSet();
  }

  @Override
  public String simpleString(int maxFields) {
    return nodeName() + " " + command.mode().name();
  }

  @Override
  public String verboseStringWithOperatorId() {
    return LeafExecNode.super.verboseStringWithOperatorId();
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int index) {
    return index == 0 ? command : section;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof KronosExplainExec;
  }

  @Override
  @SuppressWarnings("EqualsHashCode")
  public boolean equals(Object other) {
    return this == other;
  }
}
