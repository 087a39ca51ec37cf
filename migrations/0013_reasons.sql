-- Why somebody was marked present in a self-paced session whose steps they had not done, and the
-- way of reports to self-paced sessions.

ALTER TABLE attendance_marks ADD COLUMN reason TEXT CHECK (length(reason) BETWEEN 1 AND 500);

CREATE INDEX sessions_self_paced ON sessions (id) WHERE modality = 'self_paced';
