"""What goes over the wire: the types of requests and answers, one module for each part of the service."""
