-- SPDX-License-Identifier: Apache-2.0
-- Ten items; the eleventh that is sold has no row here.
SELECT cast(id AS int) AS item, concat('item ', id) AS name, array(id) AS codes FROM range(10)
