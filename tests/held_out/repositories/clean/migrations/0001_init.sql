CREATE TABLE otter_objects_v2 (k text);
