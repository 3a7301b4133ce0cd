-- the nearest outline around a grid that has none
create index grid_shape_grid_ix on grid_shape (grid);
