-- SPDX-License-Identifier: Apache-2.0
-- The projection stays with Spark for its sha2; the filter below it does not.
SELECT id, sha2(region, 256) AS digest FROM sales WHERE id > 900
