"""What goes wrong around a hub: kills, full disks, races, hostile files, forms and addresses."""
