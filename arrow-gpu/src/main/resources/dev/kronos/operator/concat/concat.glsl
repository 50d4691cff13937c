// SPDX-License-Identifier: Apache-2.0
//
// Reads columns of many batches as one: the descriptors of all batches lie one after the other, and
// k_batch tells which batch the row is of.
//
// The generator defines K_BATCH_COLUMNS, the columns of a batch.

uint k_batch = 0u;

#undef KRONOS_COLUMN
#define KRONOS_COLUMN(i) column_at(k_args.descriptors, k_batch * K_BATCH_COLUMNS + i)

// Finds the last batch that starts at or before a row; batches are not empty.
uint k_batchOf(uint row) {
  uint low = 0u;
  uint high = uint(k_args.batches);
  while (high - low > 1u) {
    uint middle = (low + high) / 2u;
    if (BufferU32(k_args.firstRows).v[middle] <= row) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}
