// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * Writes {@link BatchFrame}s one after the other: rows and bytes as two 4-byte numbers, the
 * unpacked bytes as one of 8, then the bytes. Keys are not written: where a frame lies tells its
 * partition. Compression and encryption are Spark's. Thread-safe.
 */
public final class FrameSerializer extends Serializer implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Creates a serializer. */
  public FrameSerializer() {}

  @Override
  public SerializerInstance newInstance() {
    return new Instance();
  }

  /** Tells that frames may be moved as they are: they share nothing with those before them. */
  @Override
  public boolean supportsRelocationOfSerializedObjects() {
    return true;
  }

  private static final class Instance extends SerializerInstance {
    @Override
    public <T> ByteBuffer serialize(T value, ClassTag<T> type) {
      throw new UnsupportedOperationException("frames are written to streams only");
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassTag<T> type) {
      throw new UnsupportedOperationException("frames are read from streams only");
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> type) {
      throw new UnsupportedOperationException("frames are read from streams only");
    }

    @Override
    public SerializationStream serializeStream(OutputStream out) {
      return new Output(out);
    }

    @Override
    public DeserializationStream deserializeStream(InputStream in) {
      return new Input(in);
    }
  }

  private static final class Output extends SerializationStream {
    private final DataOutputStream out;

    Output(OutputStream out) {
      this.out = new DataOutputStream(out);
    }

    @Override
    public <T> SerializationStream writeKey(T key, ClassTag<T> type) {
      return this;
    }

    @Override
    public <T> SerializationStream writeValue(T value, ClassTag<T> type) {
      return writeObject(value, type);
    }

    @Override
    public <T> SerializationStream writeObject(T value, ClassTag<T> type) {
      BatchFrame frame = (BatchFrame) value;
      try {
        out.writeInt(frame.numRows());
        out.writeInt(frame.bytes().length);
        out.writeLong(frame.unpackedBytes());
        out.write(frame.bytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Input extends DeserializationStream {
    private final DataInputStream in;

    Input(InputStream in) {
      this.in = new DataInputStream(in);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T readObject(ClassTag<T> type) {
      return (T) next();
    }

    /** Reads the next frame; returns null at the end. */
    BatchFrame next() {
      try {
        int first = in.read();
        if (first < 0) {
          return null;
        }
        int rows = (first << 24) | (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        byte[] bytes = new byte[in.readInt()];
        long unpackedBytes = in.readLong();
        in.readFully(bytes);
        return new BatchFrame(rows, unpackedBytes, bytes);
      } catch (EOFException e) {
        throw new UncheckedIOException("shuffle data end inside a batch", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Returns the frames, each with key 0. */
    @Override
    public Iterator<Tuple2<Object, Object>> asKeyValueIterator() {
      return CollectionConverters.asScala(new Frames(this));
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Reads to the end and closes there. */
  private static final class Frames implements java.util.Iterator<Tuple2<Object, Object>> {
    private final Input input;
    private BatchFrame ready;
    private boolean ended;

    Frames(Input input) {
      this.input = input;
    }

    @Override
    public boolean hasNext() {
      if (ready == null && !ended) {
        ready = input.next();
        if (ready == null) {
          ended = true;
          input.close();
        }
      }
      return ready != null;
    }

    @Override
    public Tuple2<Object, Object> next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException("no further batch");
      }
      BatchFrame next = ready;
      ready = null;
      return new Tuple2<>(0, next);
    }
  }
}
