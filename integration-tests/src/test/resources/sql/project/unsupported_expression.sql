-- SPDX-License-Identifier: Apache-2.0
-- The projection stays with Spark for its format_string; the filter below it does not.
SELECT id, format_string('%s', region) AS text FROM sales WHERE id > 900
