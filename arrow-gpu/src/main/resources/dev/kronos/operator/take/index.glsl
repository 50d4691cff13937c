// SPDX-License-Identifier: Apache-2.0
//
// Reads the row that the index at k_position names; an index that names none is an error of that
// position, a null index gives nulls.

void k_take() {
  Column indices = K_INDEX_COLUMN;
  if (!column_valid_bits(indices, k_position)) {
    k_noRow();
    return;
  }
  K_INDEX_TYPE index = K_INDEX_LOAD(indices, k_position);
  // The bound is a row count, below 2^31: compared in the index's own width, as a widened integer may not be.
  if (index < K_INDEX_TYPE(0) || index >= K_INDEX_TYPE(k_args.valueRows)) {
    row_error(ROW_INDEX);
  } else {
    k_row(uint(index));
  }
}
