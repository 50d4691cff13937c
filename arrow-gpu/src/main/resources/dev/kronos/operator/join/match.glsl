// SPDX-License-Identifier: Apache-2.0
//
// Tries the candidates of a piece. Those that are met are selected and mark their rows. A row of nulls
// is selected where its probe row has no mark; that is known only when all its candidates were tried,
// so a second run with the flag K_NULLS_ONLY decides it, leaves the other bits as they are, and counts.
//
// The generator defines K_MEETS(pair), K_MARKS_PROBE, K_MARKS_BUILD, K_NULLS_ONLY, and
// K_SELECTS_NULLS where a row of nulls is a candidate only because there is no other

bool k_isMet(K_Pair pair) {
  if (!K_MEETS(pair) || k_error != 0u) {
    return false;
  }
  if (K_MARKS_PROBE) {
    k_markRow(k_args.probeMarks, pair.row);
  }
  if (K_MARKS_BUILD) {
    k_markRow(k_args.buildMarks, pair.buildRow);
  }
  return true;
}

void k_row(uint i) {
  K_Pair pair = k_pairOf(k_args.base + uint64_t(i));
  if ((root.flags & K_NULLS_ONLY) == 0u) {
    k_selected = pair.buildRow == K_NONE ? K_SELECTS_NULLS : k_isMet(pair);
    status_commit(pair.row);
#ifdef K_NULLS_LAST
    return;
#endif
  } else if (pair.buildRow == K_NONE) {
    k_selected = !k_isMarked(k_args.probeMarks, pair.row);
  } else {
    k_selected = k_isMarked(k_args.bits, i);
  }
  k_selections += uint(k_selected);
}
