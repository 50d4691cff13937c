// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares the page on Spark's SQL tests with the counts that were approved. */
class SqlTestsPageTest {
  @Test
  void pageSaysWhatWasApproved() {
    if (ApprovedCounts.APPROVE) {
      ApprovedCounts.approve(List.of());
    }
    SortedMap<String, SqlTestCounts> counts = ApprovedCounts.read();
    assertThat(SqlTestFiles.names()).containsAll(counts.keySet());
    assertThat(ApprovedCounts.commits()).containsOnlyKeys(counts.keySet());
    assertThat(counts.keySet()).as(ApprovedCounts.APPROVAL).containsAll(SqlTestFiles.QUICK);
    assertThat(ApprovedCounts.page())
        .as(ApprovedCounts.APPROVAL)
        .isEqualTo(SqlTestsPage.markdown(counts.values(), ApprovedCounts.commits()));
  }

  @Test
  void partsAreAllFiles() {
    List<String> parts =
        IntStream.rangeClosed(1, 3)
            .mapToObj(part -> SqlTestFiles.asked(part + "/3"))
            .flatMap(List::stream)
            .toList();
    assertThat(parts).containsExactlyInAnyOrderElementsOf(SqlTestFiles.names());
  }

  @Test
  void quickFilesAreAmongThem() {
    assertThat(SqlTestFiles.names()).containsAll(SqlTestFiles.QUICK);
  }

  @Test
  void countsAreReadAsTheyAreWritten() {
    SqlTestCounts counts = SqlTestCounts.none("a/b.sql");
    PlanWork work = new PlanWork(Place.PARTLY, new TreeSet<>(List.of("no: 1, 2")));
    counts.add(Outcome.PASSED, work);
    counts.add(Outcome.FAILED, work);
    String[] lines = counts.text().split("\n", -1);
    SqlTestCounts read = SqlTestCounts.read(lines[0]);
    read.readReason(lines[1]);

    assertThat(lines[0])
        .isEqualTo(
            "a/b.sql: 1 passed, 0 plan, 0 plain, 0 ties, 0 explained, 1 failed, 0 wholly, 1 partly,"
                + " 0 not, 0 nothing");
    assertThat(read.text()).isEqualTo(counts.text());
    assertThat(read.reasons()).containsExactlyEntriesOf(Map.of("no: 1, 2", 1));
  }
}
