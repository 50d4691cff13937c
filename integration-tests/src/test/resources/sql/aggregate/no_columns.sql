-- SPDX-License-Identifier: Apache-2.0
-- Counts batches that have rows and no columns.
SELECT count(*) FROM sales
