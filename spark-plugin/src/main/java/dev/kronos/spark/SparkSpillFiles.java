// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import dev.kronos.spill.SpillFile;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.TempLocalBlockId;
import scala.Tuple2;

/**
 * Is a file in one of Spark's local folders, which Spark deletes at the latest when the executor
 * ends. Compressed and encrypted as Spark's own spills are.
 */
final class SparkSpillFiles implements SpillFile {
  private final BlockId id;
  private final File file;

  private SparkSpillFiles(BlockId id, File file) {
    this.id = id;
    this.file = file;
  }

  /** Names a new file. */
  static SpillFile next() {
    Tuple2<TempLocalBlockId, File> block =
        SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock();
    return new SparkSpillFiles(block._1(), block._2());
  }

  @Override
  public OutputStream create() throws IOException {
    OutputStream plain = Files.newOutputStream(file.toPath());
    return SparkEnv.get().serializerManager().wrapStream(id, plain);
  }

  @Override
  public InputStream open() throws IOException {
    InputStream plain = new BufferedInputStream(Files.newInputStream(file.toPath()));
    return SparkEnv.get().serializerManager().wrapStream(id, plain);
  }

  @Override
  public void delete() {
    file.delete();
  }
}
