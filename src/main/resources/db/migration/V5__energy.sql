-- Watt-hours that the device took while an attempt ran; null where it does not tell.
ALTER TABLE learning_job ADD COLUMN watt_hours REAL;
