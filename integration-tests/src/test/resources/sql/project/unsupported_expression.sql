-- SPDX-License-Identifier: Apache-2.0
-- The projection stays with Spark for its regular expression; the filter below it does not.
SELECT id, regexp_replace(region, '@', '') AS text FROM sales WHERE id > 900
