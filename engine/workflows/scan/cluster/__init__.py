"""Reading photos on other machines: workers in a Ray cluster that see the same folders. Only `ray_door` imports ray."""
